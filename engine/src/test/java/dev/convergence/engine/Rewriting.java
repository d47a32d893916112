package dev.convergence.engine;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import javax.sql.DataSource;

/// A way to the database on which parts of statements get lost: what the engine would be without a
/// protection.
///
/// It remembers which parts it met, because a part that is no longer written protects nothing.
final class Rewriting {

    /// @param fragment a part of a statement as the driver gets it, with `?` for each value and one
    ///   space where the source has a line's end
    /// @param replacement what stands there instead, with as many values
    record Fragment(String fragment, String replacement) {}

    private final List<Fragment> fragments;
    private final Set<Fragment> met = ConcurrentHashMap.newKeySet();

    Rewriting(List<Fragment> fragments) {
        this.fragments = fragments;
    }

    /// The parts that no statement had.
    List<String> missed() {
        return fragments.stream()
                .filter(fragment -> !met.contains(fragment))
                .map(Fragment::fragment)
                .collect(Collectors.toList());
    }

    DataSource between(DataSource source) {
        return proxy(
                DataSource.class,
                source,
                (method, arguments) -> {
                    Object answer = method.invoke(source, arguments);
                    return answer instanceof Connection connection ? between(connection) : answer;
                });
    }

    private Connection between(Connection connection) {
        return proxy(
                Connection.class,
                connection,
                (method, arguments) -> {
                    if (method.getName().equals("prepareStatement")) {
                        arguments[0] = rewritten((String) arguments[0]);
                    }
                    return method.invoke(connection, arguments);
                });
    }

    private String rewritten(String sql) {
        String statement = sql.replaceAll("--[^\n]*", " ").replaceAll("\\s+", " ");
        boolean isChanged = false;
        for (Fragment fragment : fragments) {
            if (statement.contains(fragment.fragment())) {
                statement = statement.replace(fragment.fragment(), fragment.replacement());
                met.add(fragment);
                isChanged = true;
            }
        }
        return isChanged ? statement : sql;
    }

    @FunctionalInterface
    private interface Call {
        Object answer(Method method, Object[] arguments) throws ReflectiveOperationException;
    }

    private static <T> T proxy(Class<T> type, T target, Call call) {
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
                        target.getClass().getClassLoader(), new Class<?>[] {type}, handler));
    }
}
