package dev.convergence.service.http;

import java.util.Set;

/// What a tenant's key must be allowed to do for a route; the operator's key may do everything.
public enum Scope {
    NONE(""),
    PIPELINES_READ("pipelines:read"),
    PIPELINES_WRITE("pipelines:write"),
    PIPELINES_EXECUTE("pipelines:execute");

    private static final String ALL = "*";

    private final String word;

    Scope(String word) {
        this.word = word;
    }

    public String word() {
        return word;
    }

    public boolean isGrantedBy(Set<String> scopes) {
        return this == NONE || scopes.contains(ALL) || scopes.contains(word);
    }
}
