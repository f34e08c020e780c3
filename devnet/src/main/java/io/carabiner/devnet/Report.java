package io.carabiner.devnet;

import io.carabiner.crypto.Eip55;
import io.carabiner.devnet.Requests.Answered;
import io.carabiner.localservers.LocalPostgres;
import io.carabiner.primitives.Juels;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.MathContext;
import java.util.Locale;

/** What a person reads when an answer has come. */
final class Report {

    private static final int LINK_DECIMALS = 18;
    private static final double MILLIS_PER_SECOND = 1_000.0;

    private Report() {}

    static String answer(Answered answered, DevnetContracts.Question question, Juels withdrawable) {
        return String.format(
                Locale.ROOT,
                """
                  asked       %s of %s, times %d
                  answered    %s (%s), which stands in the consumer %.2f s after the request
                  request     transaction %s
                  answer      transaction %s
                  earned      %s LINK, which the Operator's owner can withdraw
                """,
                question.path(),
                question.url(),
                question.times(),
                answered.value(),
                unscaled(answered.value(), question.times()),
                answered.took().toMillis() / MILLIS_PER_SECOND,
                answered.request().transaction(),
                answered.transaction(),
                link(withdrawable));
    }

    static String summary(Devnet net, Answered answered, double seconds) {
        DevnetContracts.Deployment deployed = net.requests().contracts().deployment();
        String flag = net.folder().flag();
        return String.format(Locale.ROOT, "%nThe answer is on chain, %.1f s after the start.%n%n", seconds)
                + answer(
                        answered,
                        Devnet.usualQuestion(net.prices().port()),
                        net.requests().contracts().withdrawable())
                + """

                  node        %s   login %s   password %s
                  chain       %s   %s   chain id %s
                  database    127.0.0.1:%d/%s   user %s   password in %s
                  contracts   LinkToken %s
                              Operator  %s
                              consumer  %s
                  node's key  %s
                  files       %s, log %s

                  carabiner devnet request%s   sends another request
                  carabiner devnet status%s    tells what runs
                  Ctrl-C or carabiner devnet stop%s stops everything; carabiner up%s goes on from there,
                  with --reset from nothing.
                """.formatted(
                                net.node().url(),
                                net.login().mail(),
                                net.login().password(),
                                net.chain().httpUrl(),
                                net.chain().wsUrl(),
                                Devnet.CHAIN,
                                net.database().port(),
                                Devnet.DATABASE,
                                LocalPostgres.USER,
                                net.folder().postgres().resolve("password"),
                                Eip55.format(deployed.linkToken()),
                                Eip55.format(deployed.operator()),
                                Eip55.format(deployed.consumer()),
                                Eip55.format(net.nodeKey()),
                                net.folder().root(),
                                net.requests().nodeLog(),
                                flag,
                                flag,
                                flag,
                                flag);
    }

    /** What the page said: the answer without the factor. */
    private static String unscaled(BigInteger answer, long times) {
        return new BigDecimal(answer)
                .divide(BigDecimal.valueOf(times), MathContext.DECIMAL64)
                .toPlainString();
    }

    static String link(Juels amount) {
        return new BigDecimal(amount.amount(), LINK_DECIMALS)
                .stripTrailingZeros()
                .toPlainString();
    }
}
