package dev.convergence.cli;

/// Who a request speaks for, and where that one's key is found.
enum As {
    TENANT("tenant's", "X-API-Key", "CONVERGENCE_API_KEY", "--api-key-file"),
    OPERATOR("operator's", "X-Admin-Key", "ADMIN_API_KEY", "--admin-key-file");

    private final String word;
    private final String header;
    private final String variable;
    private final String option;

    As(String word, String header, String variable, String option) {
        this.word = word;
        this.header = header;
        this.variable = variable;
        this.option = option;
    }

    String word() {
        return word;
    }

    String header() {
        return header;
    }

    String variable() {
        return variable;
    }

    String option() {
        return option;
    }
}
