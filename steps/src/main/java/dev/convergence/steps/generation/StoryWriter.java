package dev.convergence.steps.generation;

import dev.convergence.steps.generation.model.LanguageModels;

/// Does story jobs.
public final class StoryWriter {

    private final LanguageModels models;
    private final Researcher researcher;

    public StoryWriter(LanguageModels models, Researcher researcher) {
        this.models = models;
        this.researcher = researcher;
    }

    public Ending write(Assignment run) {
        Params params = new Params(run.params());
        try {
            StoryParams.unknown(params)
                    .forEach(name -> run.log("The parameter " + name + " is not known here."));
            StoryParams asked = StoryParams.of(params);
            Library library = Library.open(run, asked, researcher);
            return new WritingShift(new StoryDesk(models, run, asked, library)).work();
        } catch (InvalidParam invalid) {
            return Ending.Failed.of(invalid);
        }
    }
}
