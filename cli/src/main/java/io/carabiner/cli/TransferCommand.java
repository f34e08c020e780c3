package io.carabiner.cli;

import io.carabiner.crypto.Eip55;
import io.carabiner.primitives.Address;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** {@code txs evm create}: sends native coin from one of the node's keys. */
final class TransferCommand {

    private static final int ETHER_DIGITS = 18;

    private TransferCommand() {}

    static Verb verb(Context context) {
        return Verb.of("create", "Send native coin from one of the node's keys", context, TransferCommand::create)
                .flag("send it though the key has less", "force")
                .flag("the amount is in ether (which it is anyway)", "eth")
                .flag("the amount is in wei", "wei")
                .number("the chain", "id")
                .arguments("AMOUNT FROM TO", "how much, from which key, to which account")
                .example("carabiner txs evm create --id 1 0.5 0x5aAe…eAed 0xfB69…d359");
    }

    private static void create(Invocation call) {
        List<String> arguments = call.arguments();
        if (arguments.size() < 3) {
            throw CliException.failed(
                    "the following arguments expected: (chain) id (in multi-chain setup), amount, fromAddress and"
                            + " toAddress");
        }
        String amount = call.flag("wei") ? wei(arguments.get(0)) : ether(arguments.get(0));
        String from = account(arguments.get(1), "withdrawal source");
        String to = account(arguments.get(2), "withdrawal destination");
        String chain = call.number("id").map(id -> "\"" + id + "\"").orElse("null");
        String body = "{\"address\":" + Json.quote(to) + ",\"from\":" + Json.quote(from) + ",\"amount\":\"" + amount
                + "\",\"evmChainID\":" + chain + ",\"allowHigherAmounts\":" + call.flag("force")
                + ",\"skipWaitTxAttempt\":false,\"waitAttemptTimeout\":null}";
        TransactionCommands.showOne(
                call, call.node().post("/v2/transfers/evm", body).data());
    }

    private static String wei(String text) {
        if (!text.matches("[+-]?\\d{1,78}")) {
            throw CliException.failed("while parsing WEI transfer amount; can't convert " + text + " to decimal");
        }
        return new BigInteger(text).toString();
    }

    private static String ether(String text) {
        Optional<BigDecimal> amount = decimal(text);
        if (amount.isEmpty()) {
            throw CliException.failed("while parsing ETH transfer amount; can't convert " + text + " to decimal");
        }
        BigDecimal wei = amount.get().movePointRight(ETHER_DIGITS).stripTrailingZeros();
        if (wei.scale() > 0) {
            throw CliException.failed("while parsing ETH transfer amount; " + text + " has parts of a wei");
        }
        return wei.toBigIntegerExact().toString();
    }

    /** Without exponents: nobody writes an amount of money so. */
    private static Optional<BigDecimal> decimal(String text) {
        return text.matches("[+-]?(\\d{1,60}(\\.\\d*)?|\\.\\d+)")
                ? Optional.of(new BigDecimal(text))
                : Optional.empty();
    }

    /** In lower case, as it is sent; capitals that contradict each other are a slip of the hand. */
    private static String account(String text, String what) {
        String where = "while parsing " + what + " address " + text + "; ";
        if (!text.matches("(0[xX])?[0-9a-fA-F]{40}")) {
            throw CliException.failed(where + "not a valid Ethereum address: " + text);
        }
        Address address = Address.fromHex(text);
        String digits = text.substring(text.length() - 40);
        boolean mixed =
                !digits.equals(digits.toLowerCase(Locale.ROOT)) && !digits.equals(digits.toUpperCase(Locale.ROOT));
        String right = Eip55.format(address);
        if (mixed && !right.endsWith(digits)) {
            throw CliException.failed(where + text
                    + " treated as Ethereum address, but it has an invalid capitalization! The correctly-capitalized"
                    + " address would be " + right + ", but check carefully before copying and pasting! ");
        }
        return address.toString();
    }
}
