using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.FeatureManagement.Mvc;

namespace Experiments.FeatureManagement.Tests;

/// <summary>Of <c>Pages/Gated.cshtml</c>.</summary>
[FeatureGate("beta")]
public sealed class GatedModel : PageModel;
