package dev.convergence.service.http.health;

import java.util.concurrent.Callable;

/// One thing that must be usable for this node to serve.
///
/// @param probe true when usable; an exception or no answer in time counts as false
public record ReadinessCheck(String name, Callable<Boolean> probe) {}
