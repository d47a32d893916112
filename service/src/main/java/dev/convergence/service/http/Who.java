package dev.convergence.service.http;

/// Whose key a route asks for.
public enum Who {
    ANYONE,
    TENANT,
    OPERATOR,
    TENANT_OR_OPERATOR
}
