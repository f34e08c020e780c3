package io.carabiner.web;

import io.carabiner.jobs.webhook.ExternalInitiator;

/** An external initiator that has shown its secret. */
record CallingInitiator(ExternalInitiator initiator) implements Caller {}
