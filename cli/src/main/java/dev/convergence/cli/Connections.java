package dev.convergence.cli;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.HttpURLConnection;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Asks by the JDK's older client: it is there in a third of the time that the newer one takes for
/// its threads and its engine of encryption, and a command asks once or twice.
final class Connections {

    static {
        // By itself it would send what creates something again, when the server hangs up.
        System.setProperty("sun.net.http.retryPost", "false");
    }

    private Connections() {}

    static Reply exchange(Request request, Duration connect, Duration answer) throws IOException {
        HttpURLConnection connection = (HttpURLConnection) request.uri().toURL().openConnection();
        connection.setRequestMethod(request.method());
        connection.setInstanceFollowRedirects(false);
        connection.setUseCaches(false);
        connection.setConnectTimeout(Math.toIntExact(connect.toMillis()));
        connection.setReadTimeout(Math.toIntExact(answer.toMillis()));
        connection.setRequestProperty("Accept", "*/*");
        request.headers().forEach(connection::setRequestProperty);
        if (request.body() != null) {
            write(connection, request.body());
        }
        int status = connection.getResponseCode();
        return new Reply(status, headers(connection), body(connection, status));
    }

    private static void write(HttpURLConnection connection, String body) throws IOException {
        connection.setDoOutput(true);
        try (OutputStream out = connection.getOutputStream()) {
            out.write(body.getBytes(StandardCharsets.UTF_8));
        }
    }

    /// Without the line of the status, which stands among them under no name.
    private static Map<String, List<String>> headers(HttpURLConnection connection) {
        Map<@Nullable String, List<String>> all = new HashMap<>(connection.getHeaderFields());
        all.remove(null);
        return Map.copyOf(all);
    }

    private static byte[] body(HttpURLConnection connection, int status) throws IOException {
        boolean isRefused = status >= HttpURLConnection.HTTP_BAD_REQUEST;
        try (InputStream in =
                isRefused ? connection.getErrorStream() : connection.getInputStream()) {
            return in == null ? new byte[0] : in.readAllBytes();
        }
    }
}
