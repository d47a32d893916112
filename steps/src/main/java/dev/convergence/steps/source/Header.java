package dev.convergence.steps.source;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// The names of a file's columns, as they stand there and as they are compared.
///
/// Some exports translate a name and put the English one behind it in parentheses; then the English
/// one counts.
public final class Header {

    private static final Pattern TRANSLATED = Pattern.compile(".*\\(([A-Za-z0-9]{4,})\\)\\s*");

    private final Map<String, String> written = new LinkedHashMap<>();
    private final Map<String, Map<String, String>> under = new HashMap<>();

    private Header(List<String> names) {
        names.forEach(name -> written.putIfAbsent(compared(name), name));
    }

    public static Header of(List<String> names) {
        return new Header(names);
    }

    /// This one, and names that lie inside its columns.
    Header and(Set<String> inner) {
        List<String> names = new ArrayList<>(written.values());
        names.addAll(inner);
        return of(names);
    }

    /// The name by which a column of a file is found.
    static String compared(String name) {
        Matcher translated = TRANSLATED.matcher(name);
        return SourceRow.plain(translated.matches() ? translated.group(1) : name);
    }

    public boolean has(String name) {
        return written.containsKey(SourceRow.plain(name));
    }

    public boolean hasAny(List<String> names) {
        return names.stream().anyMatch(this::has);
    }

    /// Whether any name stands there with this sign in it.
    public boolean isWrittenWith(String sign) {
        return written.values().stream().anyMatch(name -> name.contains(sign));
    }

    /// The columns whose names begin like this: what follows, as it stands there, and the name by
    /// which the value is found.
    public Map<String, String> under(String prefix) {
        return under.computeIfAbsent(prefix, this::columnsUnder);
    }

    private Map<String, String> columnsUnder(String prefix) {
        Map<String, String> columns = new LinkedHashMap<>();
        written.forEach((plain, name) -> {
            if (name.length() > prefix.length()
                    && name.regionMatches(true, 0, prefix, 0, prefix.length())) {
                columns.put(name.substring(prefix.length()), plain);
            }
        });
        return columns;
    }

    Set<String> plainNames() {
        return written.keySet();
    }
}
