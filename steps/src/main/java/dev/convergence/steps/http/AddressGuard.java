package dev.convergence.steps.http;

import dev.convergence.engine.error.EngineException;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/// Decides which URLs that a tenant names may be reached.
///
/// The addresses it answers are the ones to connect to: a name that resolves to something else a
/// moment later (DNS rebinding) changes nothing. A host of which any address is not allowed is
/// refused as a whole, with the same sentence as a host that is not there, so that nobody can list
/// the names of our network.
public final class AddressGuard {

    private static final Set<String> SCHEMES = Set.of("http", "https");
    private static final int URL_CHARACTERS_MAX = 2_048;

    private final boolean privateAllowed;
    private final Resolver resolver;

    /// @param privateAllowed whether loopback and private addresses may be reached
    public AddressGuard(boolean privateAllowed) {
        this(privateAllowed, new PatientResolver());
    }

    AddressGuard(boolean privateAllowed, Resolver resolver) {
        this.privateAllowed = privateAllowed;
        this.resolver = resolver;
    }

    /// Where a host's addresses come from.
    interface Resolver {
        InetAddress[] resolve(String host) throws UnknownHostException;
    }

    /// Refuses what is wrong with a URL before anything is resolved.
    ///
    /// @throws EngineException INVALID_FIELD for `url`
    public URI checked(String url) {
        if (url.length() > URL_CHARACTERS_MAX) {
            throw refusal("is longer than " + URL_CHARACTERS_MAX + " characters.");
        }
        try {
            return checked(URI.create(url));
        } catch (IllegalArgumentException e) {
            throw refusal("is no URL.");
        }
    }

    public URI checked(URI url) {
        String scheme = url.getScheme();
        if (scheme == null || !SCHEMES.contains(scheme.toLowerCase(Locale.ROOT))) {
            throw refusal("must begin with http:// or https://.");
        }
        if (url.getRawUserInfo() != null) {
            throw refusal("must not hold a user name or password.");
        }
        if (url.getHost() == null || url.getHost().contains("%")) {
            throw refusal("has no host that can be reached.");
        }
        return url;
    }

    /// The addresses of a host, all of them allowed.
    ///
    /// @throws EngineException INVALID_FIELD for `url`
    public List<InetAddress> addresses(String host) {
        List<InetAddress> addresses = resolve(host);
        if (addresses.isEmpty() || !addresses.stream().allMatch(this::isAllowed)) {
            throw unreachable();
        }
        return addresses;
    }

    /// Refuses a host that leads where nothing may go. One that leads nowhere yet is let pass: it
    /// is looked at again when it is to be reached.
    ///
    /// @throws EngineException INVALID_FIELD for `url`
    public void refuseForbidden(String host) {
        if (!resolve(host).stream().allMatch(this::isAllowed)) {
            throw unreachable();
        }
    }

    private List<InetAddress> resolve(String host) {
        try {
            return List.of(resolver.resolve(host));
        } catch (UnknownHostException e) {
            return List.of();
        }
    }

    private boolean isAllowed(InetAddress address) {
        return switch (AddressKind.of(address)) {
            case PUBLIC -> true;
            case PRIVATE -> privateAllowed;
            case FORBIDDEN -> false;
        };
    }

    private static EngineException unreachable() {
        return refusal("has a host without an address that may be reached from here.");
    }

    private static EngineException refusal(String detail) {
        return EngineException.invalidField("url", "INVALID_URL", detail);
    }
}
