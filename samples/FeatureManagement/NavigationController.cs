using Microsoft.AspNetCore.Mvc;
using Microsoft.FeatureManagement.Mvc;

namespace FeatureManagement;

/// <summary>Answers 404 to users for whom the feature is off.</summary>
[ApiController]
[Route("navigation")]
[FeatureGate("new-nav")]
public sealed class NavigationController : ControllerBase
{
    /// <summary>The new navigation.</summary>
    [HttpGet]
    public IActionResult Get() => Content("The new navigation");
}
