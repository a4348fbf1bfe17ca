package dev.drover.provider.plugin;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.SocketAddress;
import javax.net.ServerSocketFactory;

/**
 * A socket that listens before the server exists. The handshake line can go out as soon as the
 * certificate is made: the client's connection waits in the backlog meanwhile.
 */
final class EarlySocket extends ServerSocket {
    private static final int BACKLOG = 50;

    private EarlySocket() throws IOException {
        super(0, BACKLOG, InetAddress.getByAddress(new byte[] {127, 0, 0, 1}));
    }

    /** Listens on a free loopback port. */
    static EarlySocket open() throws IOException {
        return new EarlySocket();
    }

    /** What the server calls: the socket is bound already. */
    @Override
    public void bind(SocketAddress endpoint) {}

    ServerSocketFactory asFactory() {
        return new ServerSocketFactory() {
            @Override
            public ServerSocket createServerSocket() {
                return EarlySocket.this;
            }

            @Override
            public ServerSocket createServerSocket(int port) {
                return EarlySocket.this;
            }

            @Override
            public ServerSocket createServerSocket(int port, int backlog) {
                return EarlySocket.this;
            }

            @Override
            public ServerSocket createServerSocket(int port, int backlog, InetAddress address) {
                return EarlySocket.this;
            }
        };
    }
}
