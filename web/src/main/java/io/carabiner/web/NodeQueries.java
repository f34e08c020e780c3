package io.carabiner.web;

import io.carabiner.graphql.Arguments;
import io.carabiner.graphql.Clearance;
import io.carabiner.graphql.RefusedException;
import io.carabiner.graphql.Shape;
import io.carabiner.telemetry.LogLevel;
import io.carabiner.telemetry.Logging;
import io.carabiner.web.WebServices.About;

/** Configuration, features and log over GraphQL (Go node 2.31, core/web/resolver). */
final class NodeQueries {

    private final About about;
    private final Logging logging;

    NodeQueries(WebServices services) {
        this.about = services.about();
        this.logging = services.telemetry().logging();
    }

    void addTo(QueryFields fields) {
        fields.query("configv2", arguments -> Shape.of("ConfigV2Payload")
                .with("user", about.userConfig())
                .with("effective", about.effectiveConfig()));
        fields.query("features", arguments -> Shape.of("Features")
                .with("csa", about.csaKeys())
                .with("feedsManager", false)
                .with("multiFeedsManagers", false));
        fields.query("globalLogLevel", arguments -> level());
        fields.query("sqlLogging", arguments -> sqlLogging());
        fields.mutation("setGlobalLogLevel", Clearance.ADMIN, this::setLevel);
        fields.mutation("setSQLLogging", Clearance.ADMIN, NodeQueries::setSqlLogging);
    }

    /** The schema has four levels; those above are errors there. */
    private Shape level() {
        LogLevel level = logging.level();
        boolean known = level.compareTo(LogLevel.ERROR) <= 0;
        return Shape.of("GlobalLogLevel").with("level", (known ? level : LogLevel.ERROR).name());
    }

    private Shape setLevel(Arguments arguments) {
        logging.level(LogLevel.parse(arguments.text("level")).orElseThrow());
        return Shape.of("SetGlobalLogLevelSuccess").with("globalLogLevel", level());
    }

    private static Shape sqlLogging() {
        return Shape.of("SQLLogging").with("enabled", false);
    }

    private static Shape setSqlLogging(Arguments arguments) {
        if (arguments.input().flag("enabled")) {
            throw new RefusedException("SQL statements are not logged by this node: let PostgreSQL log them with"
                    + " log_min_duration_statement");
        }
        return Shape.of("SetSQLLoggingSuccess").with("sqlLogging", sqlLogging());
    }
}
