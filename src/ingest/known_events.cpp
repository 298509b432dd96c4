#include "ingest/known_events.h"

#include <boost/unordered/unordered_flat_set.hpp>

#include "base/contains.h"

namespace modiste {
namespace {

// clang-format off
constexpr std::string_view kKnownNames[] = {
    // GA4, collected automatically: https://support.google.com/analytics/answer/9234069
    "ad_click", "ad_exposure", "ad_impression", "ad_query", "ad_reward", "adunit_exposure",
    "app_background", "app_clear_data", "app_exception", "app_remove", "app_store_refund",
    "app_store_subscription_convert", "app_store_subscription_renew",
    "app_update", "click", "dynamic_link_app_open", "dynamic_link_app_update", "dynamic_link_first_open",
    "exception", "file_download", "firebase_campaign", "firebase_in_app_message_action",
    "firebase_in_app_message_dismiss", "firebase_in_app_message_impression", "first_open", "first_visit",
    "form_start", "form_submit", "in_app_purchase", "notification_dismiss", "notification_foreground",
    "notification_open", "notification_receive", "notification_send", "os_update", "page_view",
    "screen_view", "scroll", "session_start", "session_start_with_rollout", "timing_complete",
    "user_engagement", "video_complete", "video_progress", "video_start", "web_vitals",
    // GA4, recommended: https://support.google.com/analytics/answer/9267735
    "add_payment_info", "add_shipping_info", "begin_checkout", "campaign_details", "checkout_option",
    "checkout_progress", "close_convert_lead", "close_unconvert_lead", "disqualify_lead",
    "earn_virtual_currency", "generate_lead", "join_group", "level_end", "level_start", "level_up",
    "post_score", "qualify_lead", "select_content", "select_promotion", "set_checkout_option", "share",
    "spend_virtual_currency", "tutorial_begin", "tutorial_complete", "unlock_achievement", "view_promotion",
    "working_lead",
    // Segment's spec, V2 and V1, with RudderStack's and Jitsu's: promotions, checkout steps, coupons, sharing, applications, mail, video
    "account_created", "account_deleted", "account_added_user", "account_removed_user", "alias",
    "application_backgrounded", "application_crashed", "application_foregrounded", "application_installed",
    "application_opened", "application_uninstalled", "application_updated", "cart_shared",
    "checkout_started", "checkout_step_completed", "checkout_step_viewed", "clicked_promotion",
    "completed_checkout_step", "coupon_applied", "coupon_entered", "coupon_removed",
    "deep_link_clicked", "deep_link_opened", "email_bounced", "email_link_clicked",
    "email_marked_as_spam", "email_opened", "group", "install_attributed", "invite_sent",
    "live_chat_conversation_ended", "live_chat_conversation_started", "live_chat_message_received",
    "live_chat_message_sent", "order_updated", "page",
    "payment_info_entered", "product_shared", "promotion_clicked", "promotion_viewed",
    "push_notification_bounced", "push_notification_received", "push_notification_tapped", "screen",
    "signed_in", "signed_out", "signed_up", "started_order", "unsubscribed", "video_ad_completed",
    "video_ad_playing", "video_ad_started", "video_content_completed", "video_content_playing",
    "video_content_started", "video_playback_buffer_completed", "video_playback_buffer_started",
    "video_playback_completed", "video_playback_interrupted", "video_playback_paused",
    "video_playback_resumed", "video_playback_seek_completed", "video_playback_seek_started",
    "video_playback_started", "viewed_checkout_step", "viewed_promotion",
    // Shopify's customer events: https://shopify.dev/docs/api/web-pixels-api/standard-events
    "alert_displayed", "checkout_address_info_submitted", "checkout_contact_info_submitted",
    "checkout_shipping_info_submitted", "clicked", "form_submitted", "input_blurred", "input_changed",
    "input_focused", "page_viewed", "payment_info_submitted", "ui_extension_errored",
    // Snowplow's events and e-commerce actions
    "application_background", "application_foreground", "change_form",
    "application_install", "button_click", "consent_preferences", "focus_form",
    "link_click", "list_item_view", "page_ping", "promo_click", "promo_view", "screen_end",
    "site_search", "struct", "submit_form", "timing", "transaction",
    // Meta's standard events
    "complete_registration", "contact", "customize_product", "donate", "find_location", "initiate_checkout",
    "lead", "schedule", "start_trial", "submit_application", "subscribe",
    // Pinterest's and Snapchat's
    "custom", "page_visit", "signup", "start_checkout", "view_category", "watch_video", "ad_view",
    // Klaviyo's metrics: https://help.klaviyo.com/hc/en-us/articles/115005062847
    "active_on_site", "bounced_email", "clicked_email",
    "clicked_sms", "consented_to_receive_sms", "dropped_email", "form_completed_by_profile",
    "form_submitted_by_profile", "fulfilled_order", "fulfilled_partial_order", "marked_email_as_spam", "opened_email",
    "received_email", "received_sms", "sent_sms", "started_checkout", "subscribed_to_back_in_stock",
    "subscribed_to_email_marketing", "subscribed_to_list", "subscribed_to_sms_marketing", "unsubscribed_from_email_marketing",
    "unsubscribed_from_list", "unsubscribed_from_sms_marketing", "updated_email_preferences", "viewed_collection",
    "viewed_form", "viewed_page",
    // TikTok's, Braze's and Google's retail events
    "add_billing", "cart_updated", "click_button", "download", "home_page_view", "place_an_order",
    // Common in other shops
    "checkout", "checkout_begin",
    "checkout_step", "heartbeat", "logout", "newsletter_signup",
    "page_leave", "pageleave", "pageview", "ping", "session_end", "session_ended", "session_started",
    "experiment_viewed", "logged_out", "order_fulfilled", "subscription_started",
    "trial_started", "virtual_page_view", "virtual_pageview", "cart_emptied", "size_chart_viewed", "size_guide_viewed",
    "view_size_guide", "view_wishlist", "wishlist_viewed", "back_in_stock_subscribed",
    // Consent banners, in the data layer of Google Tag Manager
    "cookie_consent_update", "cookiebot_on_accept", "cookiebot_on_decline", "one_trust_groups_updated",
    "one_trust_loaded", "optanon_loaded"};
// clang-format on

// Of what was tried, asked for or undone, and of an order on its way: "Add to Cart Failed", "Return
// Requested", "Order Canceled", "Order Shipped", whatever stands beside the word.
constexpr std::string_view kWordsOfNothing[] = {
    "abandoned",  "cancel", "canceled", "cancellation", "cancelled", "declined",  "delivered", "denied",
    "dispatched", "error",  "failed",   "failure",      "rejected",  "requested", "shipped",   "voided"};

bool has_a_word_of_nothing(std::string_view snake) {
  while (!snake.empty()) {
    const size_t end = snake.find('_');
    if (contains(kWordsOfNothing, snake.substr(0, end))) return true;
    snake.remove_prefix(end == std::string_view::npos ? snake.size() : end + 1);
  }
  return false;
}

}  // namespace

bool teaches_nothing(std::string_view name) {
  static const boost::unordered_flat_set<std::string_view> kKnown(std::begin(kKnownNames),
                                                                  std::end(kKnownNames));
  const bool is_tag_managers = name.starts_with("gtm_");  // "gtm.js", "gtm.dom"
  return is_tag_managers || kKnown.contains(name) || has_a_word_of_nothing(name);
}

}  // namespace modiste
