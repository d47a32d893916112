package dev.convergence.steps.notify;

import com.samskivert.mustache.Escapers;
import com.samskivert.mustache.Mustache;
import com.samskivert.mustache.Template;
import dev.convergence.engine.notification.Notice;
import dev.convergence.engine.notification.NoticeEvent;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// The texts of events, escaped in one way: the first line of a template is the title, what follows
/// the empty line is the text.
final class Wording {

    /// As it is: for plain mail and the log.
    static final Wording PLAIN = new Wording(Escapers.NONE);

    static final Wording HTML = new Wording(Escapers.HTML);

    static final Wording SLACK = new Wording(Escape::slack);

    private record Texts(Template title, Template text) {}

    private final Map<NoticeEvent, Texts> texts = new EnumMap<>(NoticeEvent.class);

    private Wording(Mustache.Escaper escaper) {
        Mustache.Compiler compiler = Mustache.compiler().withEscaper(escaper).defaultValue("");
        Arrays.stream(NoticeEvent.values())
                .forEach(event -> texts.put(event, texts(compiler, read(event))));
    }

    private static Texts texts(Mustache.Compiler compiler, String file) {
        String[] parts = file.split("\n\n", 2);
        return new Texts(compiler.compile(parts[0]), compiler.compile(parts[1].strip()));
    }

    private static String read(NoticeEvent event) {
        String name = "/notifications/" + event.word() + ".txt";
        try (InputStream file = Wording.class.getResourceAsStream(name)) {
            return new String(
                    Objects.requireNonNull(file, name).readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    String title(Notice notice) {
        String title = texts(notice).title().execute(data(notice));
        return title.replaceAll("\\p{Cntrl}+", " ").strip();
    }

    String text(Notice notice) {
        return texts(notice).text().execute(data(notice)).strip();
    }

    private Texts texts(Notice notice) {
        return Objects.requireNonNull(texts.get(notice.event()));
    }

    private static Map<String, @Nullable Object> data(Notice notice) {
        Map<String, @Nullable Object> data = new HashMap<>(notice.data());
        data.put("tenant_id", notice.tenant().value());
        data.put("severity", notice.severity().name());
        return data;
    }
}
