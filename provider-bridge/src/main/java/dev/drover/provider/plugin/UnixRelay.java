package dev.drover.provider.plugin;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.Channels;
import java.nio.channels.SocketChannel;

/**
 * Makes a Unix socket, on which providers written in Go listen, reachable for a client that knows
 * TCP only. One connection, bytes as they are.
 */
final class UnixRelay {
    private UnixRelay() {}

    /** Gives the loopback port to connect to instead. */
    static int open(String path) throws IOException {
        ServerSocket listener = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
        Thread.ofVirtual()
                .start(() -> {
                    try (listener;
                            Socket client = listener.accept();
                            SocketChannel server =
                                    SocketChannel.open(UnixDomainSocketAddress.of(path))) {
                        relay(client, server);
                    } catch (IOException gone) {
                        // One side has closed: closing the other is all there is to do.
                        return;
                    }
                });
        return listener.getLocalPort();
    }

    private static void relay(Socket client, SocketChannel server) throws IOException {
        Thread.ofPlatform()
                .daemon()
                .start(() -> {
                    try (OutputStream answers = client.getOutputStream()) {
                        copy(Channels.newInputStream(server), answers);
                    } catch (IOException gone) {
                        // The client learns of it when its connection ends.
                        return;
                    }
                });
        copy(client.getInputStream(), Channels.newOutputStream(server));
    }

    private static void copy(InputStream from, OutputStream to) throws IOException {
        byte[] bytes = new byte[1 << 16];
        for (int read = from.read(bytes); read >= 0; read = from.read(bytes)) {
            to.write(bytes, 0, read);
            to.flush();
        }
    }
}
