package dev.convergence.steps.query;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/// The program of the sandbox's process: a line in, a query, a line out, until its parent is gone.
///
/// A process of its own, because DuckDB cannot be stopped inside one vector's function and does not
/// count all memory (`range(1000000000)` as a value took 20 GB and two minutes), and because a
/// query that is nested deeply enough crashes the process that it runs in.
public final class QueryWorker {

    private static final long STACK_BYTES = 256L << 20;

    private QueryWorker() {}

    public static void main(String[] arguments) throws IOException {
        PrintStream answers = System.out;
        System.setOut(new PrintStream(OutputStream.nullOutputStream(), false));
        warmUp();
        say("ready".getBytes(StandardCharsets.UTF_8), answers);
        ExecutorService queries =
                Executors.newSingleThreadExecutor(
                        work -> new Thread(null, work, "query", STACK_BYTES));
        try (BufferedReader requests =
                new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8))) {
            for (String line = requests.readLine(); line != null; line = requests.readLine()) {
                String request = line;
                queries.execute(() -> answer(request, answers));
            }
        }
        forgetFiles();
        new File(System.getProperty("java.io.tmpdir")).delete();
        Runtime.getRuntime().halt(0); // the parent is gone: also stops a query that still runs
    }

    private static void answer(String line, PrintStream answers) {
        QueryRequest request = Wire.JSON.readValue(line, QueryRequest.class);
        say(Wire.JSON.writeValueAsBytes(Sandbox.answer(request)), answers);
    }

    private static void say(byte[] line, PrintStream answers) {
        answers.write(line, 0, line.length);
        answers.write('\n');
        answers.flush();
    }

    /// Loads DuckDB, so that no query pays for it.
    private static void warmUp() {
        try (Connection connection = DriverManager.getConnection("jdbc:duckdb:")) {
            connection.isValid(0);
        } catch (SQLException e) {
            throw new IllegalStateException("DuckDB cannot start", e);
        }
        forgetFiles();
    }

    /// The driver unpacked its library here; it is loaded, and a process that gets killed could not
    /// clean up.
    private static void forgetFiles() {
        File[] files = new File(System.getProperty("java.io.tmpdir")).listFiles();
        for (File file : files == null ? new File[0] : files) {
            file.delete();
        }
    }
}
