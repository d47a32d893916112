package dev.convergence.engine.tenant;

/// A new key with its clear text, which is shown once and stored nowhere.
public record IssuedKey(ApiKey key, String clearText) {

    /// By which it can be recognised without being known.
    public String hash() {
        return KeyText.hash(clearText);
    }

    @Override
    public String toString() {
        return "IssuedKey[key=" + key + ", clearText=***]";
    }
}
