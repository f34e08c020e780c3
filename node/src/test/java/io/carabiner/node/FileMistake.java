package io.carabiner.node;

/** A file that cannot be read or understood, and what the operator must be told. */
enum FileMistake {
    CONFIG_ABSENT(
            "config.toml",
            OperatorFolder.ABSENT,
            "failed to read config file: FOLDER/config.toml: open FOLDER/config.toml: no such file or directory\n"),
    CONFIG_NOT_TOML(
            "config.toml",
            "RootDir = /var/lib/node\n",
            "failed to decode config TOML: FOLDER/config.toml:1:11: Unexpected '/', expected a value\n"),
    CONFIG_MISSPELLED(
            "config.toml",
            "[Databse]\nMaxOpenConns = 5\n",
            "failed to decode config TOML: FOLDER/config.toml:1:1: Databse: missing table: there is no such section;"
                    + " did you mean Database?\n"),
    CONFIG_VALUE_UNKNOWN(
            "config.toml",
            "[Log]\nLevel = 'verbose'\n",
            "failed to decode config TOML: FOLDER/config.toml:2:1: Log.Level: unrecognized level: \"verbose\"\n"),
    CONFIG_CHAIN_TWICE("config.toml", "[[EVM]]\nChainID = '1'\n[[EVM]]\nChainID = '1'\n", """
            invalid configuration: EVM: 3 errors:
            \t\t- 1.ChainID: invalid value (1): duplicate - must be unique
            \t\t- 0.Nodes: missing: must have at least one node
            \t\t- 1.Nodes: missing: must have at least one node
            Where:
            \tFOLDER/config.toml:4:1: EVM.1.ChainID
            \tFOLDER/config.toml:1:1: EVM.0.Nodes
            \tFOLDER/config.toml:3:1: EVM.1.Nodes

            """),
    RPC_URL_ABSENT("config.toml", endpoint("WSURL = 'ws://127.0.0.1:8545'"), """
            invalid configuration: EVM.0.Nodes.0.HTTPURL: missing: required for all nodes
            Where:
            \tFOLDER/config.toml:3:1: EVM.0.Nodes.0.HTTPURL

            """),
    RPC_URLS_SWAPPED("config.toml", endpoint("WSURL = 'http://127.0.0.1:1'\nHTTPURL = 'ws://127.0.0.1:1'"), """
            invalid configuration: EVM.0.Nodes.0: 2 errors:
            \t\t\t\t\t- WSURL: invalid value (http): must be ws or wss
            \t\t\t\t\t- HTTPURL: invalid value (ws): must be http or https
            Where:
            \tFOLDER/config.toml:5:1: EVM.0.Nodes.0.WSURL
            \tFOLDER/config.toml:6:1: EVM.0.Nodes.0.HTTPURL

            """),
    RPC_URL_WITHOUT_SCHEME(
            "config.toml",
            endpoint("HTTPURL = '127.0.0.1:8545'"),
            "failed to decode config TOML: FOLDER/config.toml:5:1: EVM.0.Nodes.0.HTTPURL: parse \"127.0.0.1:8545\":"
                    + " Illegal character in scheme name\n"),
    RPC_URL_WITHOUT_HOST(
            "config.toml",
            endpoint("HTTPURL = 'http://'"),
            "failed to decode config TOML: FOLDER/config.toml:5:1: EVM.0.Nodes.0.HTTPURL: parse \"http://\": Expected"
                    + " authority\n"),
    RPC_URL_WITHOUT_WEB_SOCKET("config.toml", endpoint("HTTPURL = 'http://127.0.0.1:8545'"), """
            invalid configuration: EVM.0.Nodes: missing: 0th node (primary) must have a valid WSURL when\
             LogBroadcaster is enabled
            Where:
            \tFOLDER/config.toml:3:1: EVM.0.Nodes

            """),
    SECRETS_ABSENT(
            "secrets.toml",
            OperatorFolder.ABSENT,
            "failed to read secrets file: FOLDER/secrets.toml: open FOLDER/secrets.toml: no such file or directory\n"),
    SECRETS_EMPTY("secrets.toml", "", "invalid secrets: Database.URL: empty: must be provided and non-empty\n\n"),
    SECRETS_NOT_TOML(
            "secrets.toml",
            "[Database]\nURL = postgresql://node:hidden@127.0.0.1/node\n",
            "failed to decode secrets TOML: FOLDER/secrets.toml:2:7: this is not valid TOML\n"),
    SECRETS_MISSPELLED(
            "secrets.toml",
            "[Database]\nUrI = 'postgresql://node:hidden@127.0.0.1/node'\n",
            "failed to decode secrets TOML: FOLDER/secrets.toml:2:1: Database.UrI: missing field: there is no such key;"
                    + " did you mean URL?\n"),
    SECRETS_IN_CONFIG(
            "config.toml",
            "[Database]\nURL = 'postgresql://node:hidden@127.0.0.1/node'\n",
            "failed to decode config TOML: FOLDER/config.toml:2:1: Database.URL: missing field: there is no such key\n"),
    PASSWORD_ABSENT(
            "password",
            OperatorFolder.ABSENT,
            "failed to read password from file: open FOLDER/password: no such file or directory\n"),
    PASSWORD_IS_FOLDER(
            "password",
            OperatorFolder.A_FOLDER,
            "failed to read password from file: read FOLDER/password: is a directory\n"),
    PASSWORD_EMPTY(
            "password", "\n", "the password file FOLDER/password is empty: write the password into it, on one line\n"),
    API_ABSENT(
            "api",
            OperatorFolder.ABSENT,
            "cannot read the API credentials file FOLDER/api (no such file or directory): give a readable text file"
                    + " with -a\n"),
    API_WITHOUT_PASSWORD(
            "api",
            "operator@example.com\n",
            "malformed API credentials file FOLDER/api: it must have the mail address in the first line and the"
                    + " password in the second\n");

    private final String file;
    private final String content;
    private final String told;

    FileMistake(String file, String content, String told) {
        this.file = file;
        this.content = content;
        this.told = told;
    }

    private static String endpoint(String urls) {
        return "[[EVM]]\nChainID = '1337'\n[[EVM.Nodes]]\nName = 'main'\n" + urls + "\n";
    }

    String file() {
        return file;
    }

    String content() {
        return content;
    }

    /** What stands on the error output, with the operator's folder as FOLDER. */
    String told() {
        return told;
    }
}
