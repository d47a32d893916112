package dev.convergence.steps.focus;

/// How a provider's bill becomes FOCUS: one SELECT, a row for each line of the source, its columns
/// named as in FOCUS.
///
/// @param format the bill's format, by which templates name the mapping
/// @param select reads `lines`: the raw table with the details that are not published
record FocusMapping(String format, String select) {}
