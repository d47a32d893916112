package dev.convergence.steps.http;

import java.net.InetAddress;
import org.apache.hc.client5.http.DnsResolver;

/// Gives the client only addresses that the guard has checked; it connects to these, so each hop is
/// checked at the moment it is made.
record GuardedDns(AddressGuard guard) implements DnsResolver {

    @Override
    public InetAddress[] resolve(String host) {
        return guard.addresses(host).toArray(InetAddress[]::new);
    }

    @Override
    public String resolveCanonicalHostname(String host) {
        return host;
    }
}
