package dev.convergence.service.generation;

/// What models say in these tests.
final class Written {

    static final String STORY =
            """
            # The Second Bell

            The tide came in at four, as it did every night since the harbour had been closed, and it
            brought the bell with it.

            Marta counted the strokes. There was one more than yesterday.

            Tags: sea, bell, harbour
            """;

    static final String OTHER_STORY =
            """
            # Ledger

            Nobody in accounting remembered hiring Oskar, but he was on the payroll and good with
            numbers. When the auditors opened the drain under his desk, it was full of pages.
            """;

    static final String CARD =
            """
            ```json
            {
              "title": "Bells under water",
              "summary": "Sound travels far in still water, and nobody can tell from where.",
              "key_concepts": ["resonance", "drowned villages"],
              "horror_applications": ["A bell that counts those who hear it."],
              "canonical_affinity": {"setting": ["harbour"], "primary_fear": ["the unknown"],
                "antagonist": ["the sea"], "mechanism": ["counting"]},
            }
            ```
            """;

    private Written() {}
}
