package dev.convergence.benchmark.lists;

import java.io.IOException;

/// The two tenants that ask.
final class Tenants {

    static final String LARGE = "tenant-000000";
    static final String SMALL = "tenant-000001";

    private Tenants() {}

    /// A new key of a tenant, as the header that carries it.
    static String[] key(Asking operator, String tenant) throws IOException, InterruptedException {
        Asking.Answer answer =
                operator.post(
                        Who.OPERATOR,
                        "/tenants/" + tenant + "/api-keys",
                        "{\"key_name\": \"lists " + System.nanoTime() + "\"}");
        if (!answer.isGood()) {
            throw new IOException("No key was given: " + answer.json());
        }
        return new String[] {"X-API-Key", answer.json().path("api_key").asString()};
    }
}
