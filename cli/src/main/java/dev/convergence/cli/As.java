package dev.convergence.cli;

/// Who a request speaks for.
enum As {
    /// A tenant, with its key.
    TENANT,
    /// Who runs the installation, with the operator's key.
    OPERATOR,
    /// A tenant; an operator where no key of that tenant is known.
    EITHER,
    /// Nobody in particular: no key is sent.
    ANYONE
}
