package dev.convergence.steps.generation;

import dev.convergence.steps.generation.Assignment.Kind;
import dev.convergence.steps.generation.EarlierCards.Kept;
import java.util.List;

/// What a story can draw on, and what it must not repeat.
///
/// @param cards of research that has to do with the topic
record Library(EarlierStories stories, List<Kept> cards) {

    private static final int CARDS_MAX = 3;

    static Library open(Assignment run, StoryParams asked, Researcher researcher) {
        return new Library(
                EarlierStories.of(run.earlier(Kind.STORY, EarlierStories.COMPARED_MAX)),
                asked.topic().map(topic -> cards(topic, run, asked, researcher)).orElse(List.of()));
    }

    private static List<Kept> cards(
            String topic, Assignment run, StoryParams asked, Researcher researcher) {
        List<Kept> known =
                EarlierCards.of(run.earlier(Kind.CARD, EarlierCards.COMPARED_MAX))
                        .about(topic, CARDS_MAX);
        return known.isEmpty() && asked.autoResearch()
                ? researched(topic, run, asked, researcher)
                : known;
    }

    /// A story can be written without research, so a failure of it is no failure of the story.
    private static List<Kept> researched(
            String topic, Assignment run, StoryParams asked, Researcher researcher) {
        ResearchParams question =
                new ResearchParams(topic, List.of(), asked.researchModel(), asked.patience());
        return switch (researcher.write(question, run)) {
            case Researcher.Researched.Found found ->
                    List.of(new Kept(found.file().id(), topic, found.file().card()));
            case Researcher.Researched.Failed _ -> {
                run.log("The story is written without research.");
                yield List.of();
            }
        };
    }

    List<Card> contents() {
        return cards.stream().map(Kept::card).toList();
    }

    List<String> ids() {
        return cards.stream().map(Kept::id).toList();
    }
}
