using Microsoft.FeatureManagement.FeatureFilters;

namespace FeatureManagement;

/// <summary>The user of a request, here simply from its query: <c>?user=alice&amp;groups=staff</c>. The SDK's user key is <c>UserId</c>.</summary>
internal sealed class QueryTargeting(IHttpContextAccessor http) : ITargetingContextAccessor
{
    public ValueTask<TargetingContext> GetContextAsync()
    {
        IQueryCollection? query = http.HttpContext?.Request.Query;
        return ValueTask.FromResult(new TargetingContext
        {
            UserId = query?["user"].ToString(),
            Groups = query?["groups"].ToArray().OfType<string>() ?? [],
        });
    }
}
