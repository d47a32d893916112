package dev.convergence.steps.duckdb;

import java.sql.DriverManager;

/// A process that keeps a DuckDB file open until its input ends.
public final class HoldsFile {

    private HoldsFile() {}

    public static void main(String[] files) throws Exception {
        try (var _ = DriverManager.getConnection("jdbc:duckdb:" + files[0])) {
            System.out.println("held");
            while (System.in.read() >= 0) {
                continue;
            }
        }
    }
}
