package dev.convergence.engine;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import javax.sql.DataSource;

/// Does to LISTEN what a pooler of transactions does: takes it without an error, and nothing is
/// ever heard.
final class SilentPooler {

    private final DataSource inner;
    private final Queue<Connection> listening = new ConcurrentLinkedQueue<>();
    private volatile boolean silent;

    SilentPooler(DataSource inner, boolean silent) {
        this.inner = inner;
        this.silent = silent;
    }

    DataSource source() {
        return proxy(
                DataSource.class,
                (_, method, arguments) -> {
                    Object answer = call(inner, method, arguments);
                    return answer instanceof Connection opened ? connection(opened) : answer;
                });
    }

    void silent(boolean now) {
        silent = now;
    }

    /// Gives the server's sessions that listened to somebody else.
    void forgetListeners() throws SQLException {
        for (Connection connection : listening) {
            try (Statement statement = connection.createStatement()) {
                statement.execute("UNLISTEN *");
            }
        }
    }

    private Connection connection(Connection opened) {
        return proxy(
                Connection.class,
                (_, method, arguments) -> {
                    Object answer = call(opened, method, arguments);
                    return method.getName().equals("createStatement")
                            ? statement(opened, (Statement) answer)
                            : answer;
                });
    }

    private Statement statement(Connection of, Statement made) {
        return proxy(
                Statement.class,
                (_, method, arguments) -> {
                    boolean listens =
                            arguments != null && String.valueOf(arguments[0]).startsWith("LISTEN");
                    if (listens && silent) {
                        return false;
                    }
                    if (listens) {
                        listening.add(of);
                    }
                    return call(made, method, arguments);
                });
    }

    private static Object call(Object target, java.lang.reflect.Method method, Object[] arguments)
            throws Throwable {
        try {
            return method.invoke(target, arguments);
        } catch (InvocationTargetException failure) {
            throw failure.getCause();
        }
    }

    private static <T> T proxy(Class<T> type, InvocationHandler handler) {
        return type.cast(
                Proxy.newProxyInstance(
                        SilentPooler.class.getClassLoader(), new Class<?>[] {type}, handler));
    }
}
