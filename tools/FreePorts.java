import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.ArrayList;
import java.util.List;

/** Prints as many free loopback ports as asked for, one a line. */
class FreePorts {
    public static void main(String[] arguments) throws Exception {
        List<ServerSocket> open = new ArrayList<>();
        for (int i = 0; i < Integer.parseInt(arguments[0]); i++) {
            ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
            open.add(socket);
            System.out.println(socket.getLocalPort());
        }
        for (ServerSocket socket : open) {
            socket.close();
        }
    }
}
