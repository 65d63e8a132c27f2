using Microsoft.AspNetCore.Http;
using Microsoft.FeatureManagement.FeatureFilters;

namespace Experiments.FeatureManagement.Tests;

/// <summary>The user and its groups as the request's headers say. No user without a header.</summary>
internal sealed class HeaderTargeting(IHttpContextAccessor http) : ITargetingContextAccessor
{
    public ValueTask<TargetingContext> GetContextAsync()
    {
        IHeaderDictionary? headers = http.HttpContext?.Request.Headers;
        return ValueTask.FromResult(new TargetingContext
        {
            UserId = headers?["user"].FirstOrDefault(),
            Groups = headers?["groups"].FirstOrDefault()?.Split(',') ?? [],
        });
    }
}
