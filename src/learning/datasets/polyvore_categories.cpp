// Polyvore's categories (category_id.txt of xthan/polyvore-dataset, Apache-2.0) in the vocabulary's.
#include <algorithm>
#include <array>
#include <utility>

#include "learning/datasets/curated_outfits.h"

namespace modiste {
namespace {

// Beauty, home and technology, which fill Polyvore's collages, are not worn and stand here in no row.
constexpr std::array<std::pair<std::string_view, std::string_view>, 118> kPolyvoreCategories{{
    // clang-format off
    {"3", "dress"},  // Dresses
    {"4", "dress"},  // Day Dresses
    {"5", "cocktail-dress"},  // Cocktail Dresses
    {"6", "gown"},  // Gowns
    {"7", "skirt"},  // Skirts
    {"8", "skirt"},  // Mini Skirts
    {"9", "skirt"},  // Knee Length Skirts
    {"10", "skirt"},  // Long Skirts
    {"11", "tops"},  // Tops
    {"15", "tunic"},  // Tunics
    {"17", "blouse"},  // Blouses
    {"18", "cardigan"},  // Cardigans
    {"19", "sweater"},  // Sweaters
    {"21", "t-shirt"},  // T-Shirts
    {"23", "outerwear"},  // Outerwear
    {"24", "coat"},  // Coats
    {"25", "jacket"},  // Jackets
    {"26", "vest"},  // Vests
    {"27", "jeans"},  // Jeans
    {"28", "pants"},  // Pants
    {"29", "shorts"},  // Shorts
    {"31", "swimsuit"},  // Swimwear
    {"35", "bags"},  // Bags
    {"36", "tote"},  // Tote Bags
    {"37", "shoulder-bag"},  // Shoulder Bags
    {"38", "clutch"},  // Clutches
    {"39", "luggage"},  // Luggage
    {"40", "wallet"},  // Wallets
    {"41", "shoes"},  // Shoes
    {"42", "boots"},  // Boots
    {"43", "heels"},  // Pumps
    {"46", "sandals"},  // Sandals
    {"47", "flats"},  // Flats
    {"49", "sneakers"},  // Sneakers
    {"51", "accessories"},  // Accessories
    {"52", "belt"},  // Belts
    {"53", "gloves"},  // Gloves
    {"55", "hat"},  // Hats
    {"56", "tie"},  // Ties
    {"57", "sunglasses"},  // Sunglasses
    {"58", "hair-accessory"},  // Hair Accessories
    {"59", "umbrella"},  // Umbrellas
    {"60", "jewelry"},  // Jewelry
    {"61", "watch"},  // Watches
    {"62", "necklace"},  // Necklaces
    {"64", "earrings"},  // Earrings
    {"65", "ring"},  // Rings
    {"67", "jewelry"},  // Brooches
    {"69", "socks"},  // Socks
    {"104", "tank-top"},  // Tank Tops
    {"105", "scarf"},  // Scarves
    {"106", "bracelet"},  // Bracelets & Bangles
    {"107", "necklace"},  // Charms & Pendants
    {"236", "blazer"},  // Blazers
    {"237", "jeans"},  // Skinny Jeans
    {"238", "jeans"},  // Bootcut Jeans
    {"239", "jeans"},  // Wide Leg Jeans
    {"240", "jeans"},  // Boyfriend Jeans
    {"241", "leggings"},  // Leggings
    {"243", "jumpsuit"},  // Jumpsuits
    {"244", "romper"},  // Rompers
    {"245", "bra"},  // Bras
    {"247", "camisole"},  // Camisoles
    {"249", "pyjamas"},  // Pajamas
    {"250", "robe"},  // Robes
    {"251", "hosiery"},  // Tights
    {"253", "pants"},  // Activewear Pants
    {"255", "shorts"},  // Activewear Shorts
    {"257", "sports-bra"},  // Sports Bras
    {"258", "messenger-bag"},  // Messenger Bags
    {"259", "backpack"},  // Backpacks
    {"261", "ankle-boots"},  // Ankle Booties
    {"263", "boots"},  // Knee High Boots
    {"264", "boots"},  // Over-The-Knee Boots
    {"265", "loafers"},  // Loafers & Moccasins
    {"266", "dress-shoes"},  // Oxfords
    {"273", "sweater"},  // Men's Sweaters
    {"275", "t-shirt"},  // Men's T-Shirts
    {"276", "outerwear"},  // Men's Outerwear
    {"278", "jeans"},  // Men's Jeans
    {"279", "pants"},  // Men's Pants
    {"280", "shorts"},  // Men's Shorts
    {"291", "shoes"},  // Men's Shoes
    {"292", "boots"},  // Men's Boots
    {"293", "sandals"},  // Men's Sandals
    {"297", "sneakers"},  // Men's Sneakers
    {"299", "accessories"},  // Men's Accessories
    {"300", "belt"},  // Men's Belts
    {"301", "gloves"},  // Men's Gloves
    {"302", "scarf"},  // Men's Scarves
    {"303", "hat"},  // Men's Hats
    {"304", "sunglasses"},  // Men's Sunglasses
    {"305", "watch"},  // Men's Watches
    {"310", "jeans"},  // Straight Leg Jeans
    {"318", "handbag"},  // Handbags
    {"332", "capri"},  // Capri & Cropped Pants
    {"341", "dress-shirt"},  // Men's Dress Shirts
    {"342", "polo"},  // Men's Polos
    {"1605", "bikini"},  // Bikinis
    {"1606", "swimsuit"},  // One Piece Swimsuits
    {"4428", "eyewear"},  // Eyeglasses
    {"4447", "eyewear"},  // Men's Eyeglasses
    {"4454", "shirt"},  // Men's Casual Shirts
    {"4455", "coat"},  // Men's Coats
    {"4456", "jacket"},  // Men's Jackets
    {"4457", "vest"},  // Men's Vests
    {"4458", "pants"},  // Men's Casual Pants
    {"4459", "dress-pants"},  // Men's Dress Pants
    {"4460", "socks"},  // Men's Socks
    {"4461", "bags"},  // Men's Bags
    {"4463", "wallet"},  // Men's Wallets
    {"4464", "dress-shoes"},  // Men's Oxfords
    {"4495", "sweatshirt"},  // Sweatshirts
    {"4496", "hoodie"},  // Hoodies
    {"4497", "sweatshirt"},  // Men's Sweatshirts
    {"4498", "hoodie"},  // Men's Hoodies
    {"4520", "backpack"},  // Men's Backpacks
    {"4521", "messenger-bag"},  // Men's Messenger Bags
    // clang-format on
}};

}  // namespace

std::string_view polyvore_category(std::string_view id) {
  const auto* const found = std::find_if(kPolyvoreCategories.begin(), kPolyvoreCategories.end(),
                                         [&](const auto& row) { return row.first == id; });
  return found == kPolyvoreCategories.end() ? std::string_view() : found->second;
}

}  // namespace modiste
