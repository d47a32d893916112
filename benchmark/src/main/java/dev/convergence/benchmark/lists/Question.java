package dev.convergence.benchmark.lists;

/// One page that somebody asks for.
///
/// @param path behind `/api/v1`, with its query
/// @param isPaged whether it is a list that goes on with a cursor
record Question(Who who, String path, boolean isPaged) {

    private static final String ID = "[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}";

    /// The same for another filling.
    String label() {
        return who.word()
                + ": "
                + path.replaceAll("tenant-0+\\d+", "{tenant}").replaceAll(ID, "{id}");
    }
}
