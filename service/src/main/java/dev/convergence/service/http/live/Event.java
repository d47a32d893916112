package dev.convergence.service.http.live;

/// One event as it goes over the wire.
///
/// @param id what a client that was cut off sends as `Last-Event-ID`
/// @param data a record of words, or a map
record Event(String id, String name, Object data) {}
