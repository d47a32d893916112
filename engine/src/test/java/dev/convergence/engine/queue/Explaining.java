package dev.convergence.engine.queue;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.ParameterMetaData;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Savepoint;
import java.sql.Statement;
import java.sql.Timestamp;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import javax.sql.DataSource;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/// A way to the database on which each statement is explained before it runs: the very text, with
/// the very values and settings of its transaction.
///
/// Explaining runs a statement and takes it back. Its plan stays prepared, as the driver keeps it:
/// where a plan for any values is kept, the one of an empty table meets the full one. For one
/// connection, which is not shared between threads.
final class Explaining {

    private static final String GENERIC = "force_generic_plan";
    private static final String CUSTOM = "force_custom_plan";

    private final Map<String, String> prepared = new HashMap<>();
    private final Set<String> known = new HashSet<>();
    private boolean isFixed = true;
    private @Nullable List<Plan> plans;

    /// The same, but what a statement says about planning in its own trip is left out.
    List<Plan> unfixed(Runnable action) {
        isFixed = false;
        try {
            return during(action);
        } finally {
            isFixed = true;
        }
    }

    /// The plans of what an action runs.
    List<Plan> during(Runnable action) {
        List<Plan> heard = new ArrayList<>();
        plans = heard;
        try {
            action.run();
        } finally {
            plans = null;
        }
        return heard;
    }

    DataSource between(DataSource source) {
        return proxy(
                DataSource.class,
                (method, arguments) -> {
                    Object answer = method.invoke(source, arguments);
                    return answer instanceof Connection connection ? between(connection) : answer;
                });
    }

    private Connection between(Connection connection) {
        return proxy(
                Connection.class,
                (method, arguments) -> {
                    Object answer = method.invoke(connection, arguments);
                    return answer instanceof PreparedStatement statement
                            ? between(connection, statement, (String) arguments[0])
                            : answer;
                });
    }

    private PreparedStatement between(
            Connection connection, PreparedStatement statement, String sql) {
        Map<Integer, @Nullable Object> values = new TreeMap<>();
        return proxy(
                PreparedStatement.class,
                (method, arguments) -> {
                    if (arguments != null
                            && arguments.length > 1
                            && arguments[0] instanceof Integer place) {
                        boolean isNull = method.getName().equals("setNull");
                        values.put(place, isNull ? null : arguments[1]);
                    } else if (plans != null
                            && !sql.startsWith("SET ")
                            && method.getName().matches("execute(Query|Update)?")) {
                        explain(connection, statement, sql, values);
                    }
                    return method.invoke(statement, arguments);
                });
    }

    private void explain(
            Connection connection,
            PreparedStatement statement,
            String sql,
            Map<Integer, @Nullable Object> values) {
        try {
            boolean isAlone = connection.getAutoCommit();
            connection.setAutoCommit(false);
            String own = sql.substring(prepare(connection, sql, isFixed));
            Savepoint before = connection.setSavepoint();
            for (String mode : modes(connection)) {
                explain(connection, statement, own, values, mode);
                connection.rollback(before);
            }
            if (isAlone) {
                connection.rollback();
                connection.setAutoCommit(true);
            }
        } catch (SQLException failure) {
            throw new AssertionError("Could not be explained: " + sql, failure);
        }
    }

    /// Runs what comes before the statement in the same trip.
    ///
    /// @return where the statement itself begins
    private static int prepare(Connection connection, String sql, boolean isFixed)
            throws SQLException {
        int end = sql.indexOf(";\n");
        if (end < 0) {
            return 0;
        }
        if (isFixed) {
            one(connection, sql.substring(0, end));
        }
        return end + 2;
    }

    /// A transaction that does not say how to plan may get either kind of plan.
    private static List<String> modes(Connection connection) throws SQLException {
        String mode = one(connection, "SHOW plan_cache_mode");
        return mode.equals(GENERIC) || mode.equals(CUSTOM)
                ? List.of(mode)
                : List.of(CUSTOM, GENERIC);
    }

    private void explain(
            Connection connection,
            PreparedStatement statement,
            String sql,
            Map<Integer, @Nullable Object> values,
            String mode)
            throws SQLException {
        String name = prepared.computeIfAbsent(sql, _ -> "explained_" + prepared.size());
        try (Statement direct = connection.createStatement()) {
            if (known.add(name)) {
                direct.execute(
                        "PREPARE "
                                + name
                                + types(connection, statement, sql)
                                + " AS "
                                + numbered(sql));
            }
            direct.execute("SET LOCAL plan_cache_mode = " + mode);
        }
        String call = "EXECUTE " + name + literals(values);
        String explained =
                one(connection, "EXPLAIN (ANALYZE, BUFFERS, TIMING OFF, FORMAT JSON) " + call);
        if (plans != null) {
            plans.add(Plan.of(sql, mode, explained));
        }
    }

    /// Forgets the plans that were kept.
    void forget(Handle handle) {
        known.forEach(name -> handle.execute("DEALLOCATE " + name));
        known.clear();
    }

    private static String one(Connection connection, String query) throws SQLException {
        try (Statement direct = connection.createStatement();
                ResultSet answer = direct.executeQuery(query)) {
            answer.next();
            return answer.getString(1);
        }
    }

    /// Who asks the driver about the parameters of several statements of one trip makes it take the
    /// columns of one for those of another.
    private static String types(Connection connection, PreparedStatement statement, String sql)
            throws SQLException {
        if (!statement.toString().contains(";\n")) {
            return types(statement);
        }
        try (PreparedStatement alone = connection.prepareStatement(sql)) {
            return types(alone);
        }
    }

    private static String types(PreparedStatement statement) throws SQLException {
        ParameterMetaData parameters = statement.getParameterMetaData();
        List<String> types = new ArrayList<>();
        for (int place = 1; place <= parameters.getParameterCount(); place++) {
            types.add(parameters.getParameterTypeName(place));
        }
        return types.isEmpty() ? "" : types.stream().collect(Collectors.joining(", ", " (", ")"));
    }

    private static String numbered(String sql) {
        String[] parts = sql.replaceAll("--[^\n]*", "").split("\\?", -1);
        return IntStream.range(0, parts.length)
                .mapToObj(i -> i == 0 ? parts[i] : "$" + i + parts[i])
                .collect(Collectors.joining());
    }

    private static String literals(Map<Integer, @Nullable Object> values) {
        return values.isEmpty()
                ? ""
                : values.values().stream()
                        .map(Explaining::literal)
                        .collect(Collectors.joining(", ", " (", ")"));
    }

    private static String literal(@Nullable Object value) {
        Object plain = value instanceof Timestamp time ? time.toInstant() : value;
        return plain == null ? "NULL" : "'" + plain.toString().replace("'", "''") + "'";
    }

    @FunctionalInterface
    private interface Call {
        Object answer(Method method, Object[] arguments) throws ReflectiveOperationException;
    }

    private static <T> T proxy(Class<T> type, Call call) {
        InvocationHandler handler =
                (_, method, arguments) -> {
                    try {
                        return call.answer(method, arguments);
                    } catch (InvocationTargetException failure) {
                        throw failure.getCause();
                    }
                };
        return type.cast(
                Proxy.newProxyInstance(
                        Explaining.class.getClassLoader(), new Class<?>[] {type}, handler));
    }
}
