package dev.convergence.steps.generation;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// A story as a model wrote it, taken apart.
///
/// @param body without title and tags
record StoryText(String title, String body, List<String> tags) {

    private static final String UNTITLED = "Untitled story";
    private static final String HEADING = "# ";
    private static final String TAGS = "tags:";
    private static final String FENCE = "```";
    private static final int TITLE_MAX = 200;
    private static final int TAGS_MAX = 10;
    private static final int TAG_MAX = 40;
    private static final int DESCRIPTION_MAX = 200;

    /// A title is looked for in so many lines: what comes later belongs to the story.
    private static final int TITLE_WITHIN = 5;

    /// @return nothing when there is a title at most, and no story
    static Optional<StoryText> of(String written) {
        List<String> lines = new ArrayList<>(written.strip().lines().toList());
        removeFence(lines);
        List<String> tags = takeTags(lines);
        String title = takeTitle(lines);
        String body = String.join("\n", lines).strip();
        return body.codePoints().anyMatch(Character::isLetterOrDigit)
                ? Optional.of(new StoryText(title, body, tags))
                : Optional.empty();
    }

    private static void removeFence(List<String> lines) {
        if (lines.size() > 2
                && lines.getFirst().startsWith(FENCE)
                && lines.getLast().strip().equals(FENCE)) {
            lines.removeFirst();
            lines.removeLast();
        }
    }

    private static List<String> takeTags(List<String> lines) {
        while (!lines.isEmpty() && lines.getLast().isBlank()) {
            lines.removeLast();
        }
        String last = lines.isEmpty() ? "" : lines.getLast().strip().replace("*", "");
        if (!last.toLowerCase(Locale.ROOT).startsWith(TAGS)) {
            return List.of();
        }
        lines.removeLast();
        return Arrays.stream(last.substring(TAGS.length()).split(",", -1))
                .map(tag -> tag.strip().replaceFirst("^#", ""))
                .filter(tag -> !tag.isEmpty() && tag.length() <= TAG_MAX)
                .distinct()
                .limit(TAGS_MAX)
                .toList();
    }

    /// What stands before the title is talk, not story.
    private static String takeTitle(List<String> lines) {
        for (int at = 0; at < Math.min(TITLE_WITHIN, lines.size()); at++) {
            String line = lines.get(at).strip();
            if (line.startsWith(HEADING) && line.length() > HEADING.length()) {
                lines.subList(0, at + 1).clear();
                return Texts.cut(line.substring(HEADING.length()).strip(), TITLE_MAX);
            }
        }
        return UNTITLED;
    }

    /// Its first paragraph, as far as that fits.
    String description() {
        String paragraph = body.split("\n\\s*\n", 2)[0];
        return Texts.cut(paragraph.replaceAll("\\s+", " ").strip(), DESCRIPTION_MAX);
    }

    int characters() {
        return body.codePointCount(0, body.length());
    }
}
