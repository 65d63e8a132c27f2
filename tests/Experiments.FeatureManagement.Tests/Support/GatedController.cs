using Microsoft.AspNetCore.Mvc;
using Microsoft.FeatureManagement.Mvc;

namespace Experiments.FeatureManagement.Tests;

/// <summary>A controller as it is written for Microsoft.FeatureManagement.</summary>
[ApiController]
[Route("mvc")]
public sealed class GatedController : ControllerBase
{
    [HttpGet("beta")]
    [FeatureGate("beta")]
    public IActionResult Beta() => Content("beta");

    [HttpGet("any")]
    [FeatureGate(Microsoft.FeatureManagement.RequirementType.Any, "nowhere", "beta")]
    public IActionResult Any() => Content("any");

    [HttpGet("all")]
    [FeatureGate("nowhere", "beta")]
    public IActionResult All() => Content("all");
}
