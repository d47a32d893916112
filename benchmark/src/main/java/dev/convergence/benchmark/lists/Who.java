package dev.convergence.benchmark.lists;

/// Who asks.
enum Who {
    LARGE("large tenant"),
    SMALL("small tenant"),
    OPERATOR("operator");

    private final String word;

    Who(String word) {
        this.word = word;
    }

    String word() {
        return word;
    }
}
