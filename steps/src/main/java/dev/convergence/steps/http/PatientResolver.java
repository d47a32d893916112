package dev.convergence.steps.http;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/// Asks the system for a host's addresses, for a while only.
///
/// In threads of its own: the system's resolver cannot be interrupted, and a virtual thread that
/// waits for it would hold one of the few real ones.
final class PatientResolver implements AddressGuard.Resolver {

    private static final Duration PATIENCE = Duration.ofSeconds(5);
    private static final ExecutorService THREADS =
            Executors.newCachedThreadPool(
                    Thread.ofPlatform().name("resolver-", 0).daemon(true).factory());

    @Override
    public InetAddress[] resolve(String host) throws UnknownHostException {
        Future<InetAddress[]> answer = THREADS.submit(() -> InetAddress.getAllByName(host));
        try {
            return answer.get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException | TimeoutException nobody) {
            throw new UnknownHostException(host);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new UnknownHostException(host);
        }
    }
}
