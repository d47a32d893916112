package dev.convergence.engine.error;

/// One fault of one field of a request, as the user named it.
public record FieldError(String field, String code, String detail) {}
