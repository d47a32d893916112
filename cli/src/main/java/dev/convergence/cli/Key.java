package dev.convergence.cli;

/// A key, and whose it is; it never prints itself.
record Key(Kind kind, String secret) {

    enum Kind {
        TENANT("tenant's", "X-API-Key", "CONVERGENCE_API_KEY", "--key-file"),
        OPERATOR("operator's", "X-Admin-Key", "ADMIN_API_KEY", "--admin-key-file");

        final String word;
        final String header;
        final String variable;
        final String option;

        Kind(String word, String header, String variable, String option) {
            this.word = word;
            this.header = header;
            this.variable = variable;
            this.option = option;
        }
    }

    private static final String MARK = "_api_";
    private static final int SHOWN = 4;

    /// The first of several, as an operator has them while keys are changed.
    static Key of(Kind kind, String text) {
        return new Key(kind, text.strip().split(",", 2)[0].strip());
    }

    /// Whose key it says it is, before the mark; empty when it does not say so.
    String tenant() {
        int end = kind == Kind.TENANT ? secret.lastIndexOf(MARK) : 0;
        return end <= 0 ? "" : secret.substring(0, end);
    }

    /// Enough to tell it from others, too little to use it.
    static String masked(String secret) {
        int end = secret.lastIndexOf(MARK);
        String begin = end <= 0 ? "" : secret.substring(0, end) + MARK;
        boolean isLong = secret.length() - begin.length() >= SHOWN * 4;
        return begin + "****" + (isLong ? secret.substring(secret.length() - SHOWN) : "");
    }

    @Override
    public String toString() {
        return masked(secret);
    }
}
