package dev.drover.gateway.nomad;

/** What a Nomad server answered to one request. */
record Reply(int status, String body) {

    boolean ok() {
        return status >= 200 && status < 300;
    }
}
