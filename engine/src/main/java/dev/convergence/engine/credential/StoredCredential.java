package dev.convergence.engine.credential;

import dev.convergence.engine.warehouse.Warehouse;

/// What storing a credential brought about: the data set comes with the first one.
public record StoredCredential(Credential credential, Action action, Warehouse.Dataset dataset) {

    public enum Action {
        CREATED,
        UPDATED
    }
}
