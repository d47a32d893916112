package dev.convergence.service.e2e;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/// A mail server that once falls silent in the middle of a conversation, and then works.
final class StallingMailServer implements AutoCloseable {

    /// Where it falls silent.
    enum Point {
        /// Before anybody has said what is to be sent.
        BEFORE_THE_GREETING,
        /// It has the whole mail, and does not say so.
        AFTER_THE_MAIL
    }

    /// The recipients of all mails whose last byte was here, in their order.
    final List<String> mails = new CopyOnWriteArrayList<>();

    private final List<Socket> sockets = new CopyOnWriteArrayList<>();
    private final ServerSocket door;
    private volatile boolean isStalled;

    StallingMailServer(Point point) {
        try {
            door = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Thread.ofVirtual().start(() -> listen(point));
    }

    String url() {
        return "smtp://127.0.0.1:"
                + door.getLocalPort()
                + "?from=convergence@test.example&starttls=never";
    }

    boolean isStalled() {
        return isStalled;
    }

    private void listen(Point point) {
        while (!door.isClosed()) {
            try {
                Socket socket = door.accept();
                sockets.add(socket);
                Thread.ofVirtual().start(() -> talk(socket, point));
            } catch (IOException closed) {
                return;
            }
        }
    }

    private void talk(Socket socket, Point point) {
        try (socket) {
            var in =
                    new BufferedReader(
                            new InputStreamReader(
                                    socket.getInputStream(), StandardCharsets.US_ASCII));
            if (isSilent(point, Point.BEFORE_THE_GREETING)) {
                in.readLine(); // until the other side is gone
                return;
            }
            say(socket, "220 ready");
            converse(socket, in, point);
        } catch (IOException gone) {
            // Whoever was killed says nothing more.
        }
    }

    private void converse(Socket socket, BufferedReader in, Point point) throws IOException {
        String to = "";
        for (String line = in.readLine(); line != null; line = in.readLine()) {
            if (line.startsWith("RCPT TO:")) {
                to = line.substring("RCPT TO:".length()).strip();
            }
            if (!line.startsWith("DATA")) {
                say(socket, line.startsWith("QUIT") ? "221 bye" : "250 ok");
                continue;
            }
            say(socket, "354 go on");
            String text = in.readLine();
            while (text != null && !text.equals(".")) {
                text = in.readLine();
            }
            mails.add(to);
            if (!isSilent(point, Point.AFTER_THE_MAIL)) {
                say(socket, "250 taken");
            }
        }
    }

    private synchronized boolean isSilent(Point wanted, Point here) {
        boolean isFirst = wanted == here && !isStalled;
        isStalled |= isFirst;
        return isFirst;
    }

    private static void say(Socket socket, String line) throws IOException {
        OutputStream out = socket.getOutputStream();
        out.write((line + "\r\n").getBytes(StandardCharsets.US_ASCII));
        out.flush();
    }

    @Override
    public void close() {
        try {
            door.close();
            for (Socket socket : sockets) {
                socket.close();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
