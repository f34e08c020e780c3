package io.carabiner.web;

import io.carabiner.config.WebServerConfig;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** The whole API: every resource brings its rows. */
final class Routes {

    private Routes() {}

    static List<Route> all(WebServices services, Sessions sessions, ApiTokens tokens, WebServerConfig config) {
        List<Route> routes = new ArrayList<>(described(services, sessions, tokens, config));
        routes.addAll(new DocRoutes(routes, services.about().version()).routes());
        return List.copyOf(routes);
    }

    private static List<Route> described(
            WebServices services, Sessions sessions, ApiTokens tokens, WebServerConfig config) {
        WebServices.Oracle oracle = services.oracle();
        return Stream.of(
                        new HealthRoutes(services.telemetry()).routes(),
                        new NodeRoutes(services).routes(),
                        new SessionRoutes(services.accounts(), sessions, config.secureCookies(), services.time())
                                .routes(),
                        new AuditRoutes(services.audit()).routes(),
                        new UserRoutes(services.accounts()).routes(),
                        new OwnAccountRoutes(services.accounts(), tokens).routes(),
                        new EthKeyRoutes(oracle.keystore().eth(), oracle.chains(), oracle.sending(), services.time())
                                .routes(),
                        new StoredKeyRoutes(oracle.keystore()).routes(),
                        new ChainRoutes(services).routes(),
                        new MachineRoutes(services.about(), config.httpPort()).routes(),
                        new TransactionRoutes(oracle.transactions()).routes(),
                        new RpcRoutes(oracle.chains()).routes(),
                        new BlockRoutes(oracle.chains()).routes(),
                        new TransactionCareRoutes(oracle.sending(), oracle.transactions()).routes(),
                        new TransferRoutes(services, config.httpWriteTimeout()).routes(),
                        new ForwarderRoutes(oracle.sending()).routes(),
                        new BridgeRoutes(oracle.bridges(), oracle.jobs()).routes(),
                        new JobRoutes(oracle.jobs()).routes(),
                        new JobChangeRoutes(oracle.jobs()).routes(),
                        new JobErrorRoutes(oracle.jobs()).routes(),
                        new JobTestRoutes(oracle.jobs()).routes(),
                        new InitiatorRoutes(oracle.webhooks()).routes(),
                        new RunRoutes(oracle.runs(), oracle.webhooks().jobs()).routes(),
                        new RetryRoutes(oracle.runs()).routes(),
                        new QueryRoutes(services, tokens).routes(),
                        new ReplayRoutes(oracle.runs()).routes(),
                        new ResumeRoutes(oracle.runs()).routes())
                .flatMap(List::stream)
                .toList();
    }
}
