package dev.convergence.steps.focus;

import java.util.List;

/// How the lines of a bill become rows of FOCUS.
///
/// @param format the bill's
/// @param provider whose services they are in the [ServiceCatalog]
/// @param service the expression over the raw table that names a line's service there
/// @param charges true, in SQL, for a line of the raw table that is a charge; others are no rows of
///   FOCUS
/// @param contradiction true, in SQL over all lines of a load, for one that holds charges twice
/// @param lookups details that Java works out, by their names columns of `lines`
/// @param select reads `lines`, the raw table with the details that are not published and with
///   `service_key`, and `services`: category and subcategory of each `service_key`
record FocusMapping(
        String format,
        String provider,
        String service,
        String charges,
        String contradiction,
        List<Lookup> lookups,
        String select) {

    FocusMapping(
            String format, String provider, String service, List<Lookup> lookups, String select) {
        this(format, provider, service, "true", "false", lookups, select);
    }
}
