package dev.convergence.engine.notification;

import dev.convergence.engine.credential.Vault;
import dev.convergence.engine.credential.Vault.Sealed;
import dev.convergence.engine.id.TenantId;
import dev.convergence.engine.sql.Json;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// What of a channel is nobody's business: its URL, which is all that Slack asks for, and the text
/// of the secret that signs to a tenant's own system.
record ChannelSecret(String url, @Nullable String signing) {

    Sealed seal(Vault vault, TenantId tenant, UUID channel) {
        Map<String, @Nullable Object> fields = new HashMap<>();
        fields.put("url", url);
        fields.put("signing", signing);
        return vault.seal(
                tenant, purpose(channel), Json.write(fields).getBytes(StandardCharsets.UTF_8));
    }

    static ChannelSecret open(Vault vault, TenantId tenant, UUID channel, Sealed sealed) {
        byte[] opened = vault.open(tenant, purpose(channel), sealed);
        Map<String, Object> fields = Json.object(new String(opened, StandardCharsets.UTF_8));
        return new ChannelSecret(String.valueOf(fields.get("url")), (String) fields.get("signing"));
    }

    private static String purpose(UUID channel) {
        return "notification/" + channel;
    }

    @Override
    public String toString() {
        return "ChannelSecret[***]";
    }
}
