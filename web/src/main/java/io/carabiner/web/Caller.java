package io.carabiner.web;

/** Who calls a route that is not for anybody. */
sealed interface Caller permits Principal, CallingInitiator {}
