package dev.convergence.steps.generation;

import dev.convergence.steps.generation.Similarity.Earlier;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/// The stories that a new one is compared with: those of completed runs, and those that this run
/// has written already.
final class EarlierStories {

    static final int COMPARED_MAX = 50;

    private static final int AVOIDED_MAX = 3;
    private static final int OPENING_MAX = 300;
    private static final Pattern FRONT = Pattern.compile("\\A---\\n(.*?)\\n---\\n", Pattern.DOTALL);
    private static final Pattern HEADING = Pattern.compile("^# (.+)$", Pattern.MULTILINE);
    private static final Pattern TEMPLATE =
            Pattern.compile("^template: ([a-z0-9_]+)$", Pattern.MULTILINE);

    private final List<Earlier> stories = new ArrayList<>();
    private final List<String> templates = new ArrayList<>();

    static EarlierStories of(List<byte[]> files) {
        EarlierStories earlier = new EarlierStories();
        files.forEach(file -> earlier.add(new String(file, StandardCharsets.UTF_8)));
        return earlier;
    }

    void add(String file) {
        Matcher front = FRONT.matcher(file);
        boolean has = front.find();
        String text = has ? file.substring(front.end()).strip() : file;
        Matcher heading = HEADING.matcher(text);
        boolean titled = heading.find();
        stories.add(
                new Earlier(
                        titled ? heading.group(1) : "",
                        titled ? text.substring(heading.end()).strip() : text));
        Matcher template = TEMPLATE.matcher(has ? front.group(1) : "");
        if (template.find()) {
            templates.add(template.group(1));
        }
    }

    List<Earlier> all() {
        return List.copyOf(stories);
    }

    /// How often each frame was used.
    Map<String, Long> uses() {
        return templates.stream()
                .collect(Collectors.groupingBy(name -> name, Collectors.counting()));
    }

    /// How the newest began, for a model that is to begin differently.
    String openings() {
        return stories.stream()
                .limit(AVOIDED_MAX)
                .map(story -> "- " + Texts.cut(story.text().replaceAll("\\s+", " "), OPENING_MAX))
                .collect(Collectors.joining("\n"));
    }
}
