package dev.convergence.benchmark.lists;

/// One page that somebody asks for.
///
/// @param path behind `/api/v1`, with its query
/// @param isPaged whether it is a list that goes on with a cursor
record Question(Who who, String path, boolean isPaged) {

    String label() {
        return who.word() + ": " + path.replaceAll("tenant-0+\\d+", "{tenant}");
    }
}
