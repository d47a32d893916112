package dev.convergence.steps.notify;

/// What Slack's mrkdwn reads as more than text.
final class Escape {

    private Escape() {}

    /// Without these nobody is mentioned, nothing is linked, and no block of code ends early.
    static String slack(String text) {
        return text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("`", "'");
    }
}
