package dev.convergence.api.problem;

/// One fault of one field, as the caller named it.
public record FieldProblem(String field, String code, String detail) {}
