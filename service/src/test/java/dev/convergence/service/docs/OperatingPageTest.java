package dev.convergence.service.docs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.convergence.service.MigratedDatabase;
import dev.convergence.testkit.TestPostgres;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import javax.sql.DataSource;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/// The SQL of the page for operators runs on the schema as it is, and its views are those there
/// are.
class OperatingPageTest {

    private static final String PAGE = "docs/operating.md";

    private static DataSource database;

    @BeforeAll
    static void migrate() {
        database = TestPostgres.dataSource(MigratedDatabase.url());
    }

    @Test
    void every_question_is_answered() throws SQLException {
        List<String> questions = Pages.found(Pages.text(PAGE), "(?s)```sql\n(.*?)```");

        assertThat(questions).isNotEmpty();
        try (Connection connection = database.getConnection();
                Statement statement = connection.createStatement()) {
            for (String question : questions) {
                statement.execute(question);
            }
        }
    }

    @Test
    void an_empty_installation_has_its_books_in_order() throws SQLException {
        String audit = Pages.section(PAGE, "## Are the books in order?");
        for (String query : Pages.found(audit, "(?s)```sql\n(.*?)```").getFirst().split(";\n")) {
            assertThat(rows(query)).as(query).isEmpty();
        }
    }

    @Test
    void the_views_are_those_that_there_are() throws SQLException {
        Set<String> documented =
                Pages.found(Pages.section(PAGE, "## Views"), "^\\| ([^|]*`) \\|").stream()
                        .flatMap(cell -> Pages.found(cell, "`(\\w+)`").stream())
                        .collect(Collectors.toCollection(TreeSet::new));

        assertThat(documented)
                .containsExactlyInAnyOrderElementsOf(
                        rows(
                                "SELECT table_name FROM information_schema.views WHERE table_schema = 'tenants'"));
    }

    private static List<String> rows(String sql) throws SQLException {
        try (Connection connection = database.getConnection();
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            List<String> found = new java.util.ArrayList<>();
            while (rows.next()) {
                found.add(rows.getString(1));
            }
            return found;
        }
    }
}
