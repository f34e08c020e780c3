package io.carabiner.node;

import io.carabiner.cli.BuildInfo;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Map;

/**
 * What a node says it is.
 *
 * @param build of the program
 * @param host the name under which a Prometheus reaches this machine
 */
record Identity(BuildInfo build, String host) {

    private static final String HOST_VARIABLE = "CL_PROMETHEUS_DISCOVERY_HOSTNAME";

    static Identity of(BuildInfo build, Map<String, String> environment) {
        String told = environment.getOrDefault(HOST_VARIABLE, "");
        return new Identity(build, told.isEmpty() ? ownName() : told);
    }

    private static String ownName() {
        try {
            return InetAddress.getLocalHost().getHostName();
        } catch (UnknownHostException e) {
            return "localhost";
        }
    }
}
