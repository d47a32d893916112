package dev.convergence.engine.notification;

import java.net.URI;
import java.net.URISyntaxException;

/// A URL with everything masked that could let somebody in: only scheme and host are shown.
final class ShownUrl {

    private ShownUrl() {}

    static String of(String url) {
        try {
            URI whole = new URI(url);
            return whole.getScheme() + "://" + whole.getAuthority() + "/***";
        } catch (URISyntaxException e) {
            return "***";
        }
    }
}
